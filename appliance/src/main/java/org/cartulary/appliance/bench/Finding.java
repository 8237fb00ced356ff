package org.cartulary.appliance.bench;

/** What a benchmark found of one thing. */
public sealed interface Finding permits Comparison, Figure, SearchLoad, EvidenceLoad {}

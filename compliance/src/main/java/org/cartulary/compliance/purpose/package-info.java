/**
 * Why somebody asks: collections may want a purpose of use, and a reference to a case or a patient, with each question.
 * Not here: the questions, which the appliance puts on record together with what is stated.
 */
@NullMarked
package org.cartulary.compliance.purpose;

import org.jspecify.annotations.NullMarked;

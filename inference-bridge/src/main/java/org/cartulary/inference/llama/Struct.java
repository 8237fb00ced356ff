package org.cartulary.inference.llama;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A C struct that travels by value, with its size in bytes: on a parameter, or on a method for what it returns. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.METHOD})
@interface Struct {
    long value();
}

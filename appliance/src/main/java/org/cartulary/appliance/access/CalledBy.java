package org.cartulary.appliance.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.compliance.people.Role;

/** Who may call a route. Every route declares it, or the appliance does not start. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CalledBy {
    /** Any of these roles; none means whoever is signed in. */
    Role[] value() default {};

    /** Any of these scopes, where the caller shows a key; none means every key. */
    Scope[] scopes() default {};

    /** Whether strangers may call it; what it gives them, its controller says. */
    boolean strangers() default false;

    /** Whether only the console may call it, by the local socket. */
    boolean console() default false;

    /** Whether it returns document text or model output, and so counts against quotas of questions. */
    boolean question() default false;
}

package io.viewal.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The bounds of a number, or of each number in a list: the command line's, and the schema's of the resources. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Within {

    /** The least. */
    double min();

    /** The most. */
    double max();

    /** True when the least itself is not allowed. */
    boolean aboveMin() default false;

    /** True when the most itself is not allowed. */
    boolean belowMax() default false;
}

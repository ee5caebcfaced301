package io.waybill.acceptance.packages;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Changes the machine that it runs on, and so needs one to throw away. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface InContainers {}

/**
 * Every route on real processes and a real database: raced for, repeated, asked with what is
 * spoilt.
 */
@NullMarked
package io.waybill.acceptance.routes;

import org.jspecify.annotations.NullMarked;

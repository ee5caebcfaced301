/** What is found out about files that are stored: whether they are whole, and what is in them. */
@NullMarked
package io.waybill.core.validation;

import org.jspecify.annotations.NullMarked;

/** What a reader is, what it reads from, what it says, and how much it may cost. */
@NullMarked
package io.waybill.validators.reading;

import org.jspecify.annotations.NullMarked;

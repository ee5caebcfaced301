/** What looks into stored files: every reader, and the inspector that runs them where it stands. */
@NullMarked
package io.waybill.validators;

import org.jspecify.annotations.NullMarked;

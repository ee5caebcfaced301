/** Looking into stored files, and what becomes of their datasets by it. */
@NullMarked
package io.waybill.core.validation.usecase;

import org.jspecify.annotations.NullMarked;

/** What callers can read of projects. */
@NullMarked
package io.waybill.core.project.usecase;

import org.jspecify.annotations.NullMarked;

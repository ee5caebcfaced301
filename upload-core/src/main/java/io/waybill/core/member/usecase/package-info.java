/** What callers can do about who works in a project. */
@NullMarked
package io.waybill.core.member.usecase;

import org.jspecify.annotations.NullMarked;

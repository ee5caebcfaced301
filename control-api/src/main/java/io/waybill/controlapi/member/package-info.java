/** Routes of who works in a project. */
@NullMarked
package io.waybill.controlapi.member;

import org.jspecify.annotations.NullMarked;

/** Routes of projects. */
@NullMarked
package io.waybill.controlapi.project;

import org.jspecify.annotations.NullMarked;

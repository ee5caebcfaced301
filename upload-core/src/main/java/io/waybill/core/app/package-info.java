/** Every use case over one set of ports: what a transport is given. */
@NullMarked
package io.waybill.core.app;

import org.jspecify.annotations.NullMarked;

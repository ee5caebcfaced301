/** Every setting of every process: its name, its default, what it means, and how it is read. */
@NullMarked
package io.waybill.server.config;

import org.jspecify.annotations.NullMarked;

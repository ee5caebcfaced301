/** What every program of the command line shares: its start, its end, and its words for trouble. */
@NullMarked
package io.waybill.server.command;

import org.jspecify.annotations.NullMarked;

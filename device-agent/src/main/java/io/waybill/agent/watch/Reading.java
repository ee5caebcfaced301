package io.waybill.agent.watch;

/**
 * What a watched directory held when it was read as a whole.
 *
 * @param number of the reading, so that two with the same bytes can be told apart
 */
public record Reading(long bytes, long number) {}

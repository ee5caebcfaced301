package io.waybill.core.upload;

/**
 * How a caller stands with a limit on requests, as its process knows it.
 *
 * @param scope tenant or device
 * @param limit requests in a minute
 * @param remaining at least so many are left
 * @param fullInSeconds when all are there again, if none are used
 */
public record RateStanding(String scope, int limit, int remaining, long fullInSeconds) {}

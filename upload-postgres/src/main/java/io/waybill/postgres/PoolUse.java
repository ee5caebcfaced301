package io.waybill.postgres;

/**
 * How a pool is used at this moment.
 *
 * @param limit connections that there may be
 * @param active connections that somebody has
 * @param idle connections that wait for somebody
 * @param pending those who wait for a connection
 */
public record PoolUse(int limit, int active, int idle, int pending) {

  /** Of a pool that is somebody else's. */
  static final PoolUse UNKNOWN = new PoolUse(0, 0, 0, 0);
}

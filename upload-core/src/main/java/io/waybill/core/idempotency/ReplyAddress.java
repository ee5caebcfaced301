package io.waybill.core.idempotency;

/**
 * What a gateway needs to answer a request that another gateway received.
 *
 * @param address where and how to answer; opaque to the core
 * @param request the request as it arrived; opaque to the core
 */
public record ReplyAddress(String address, String request) {}

package io.waybill.server.tracing;

import java.net.URI;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Who is told, and of how much.
 *
 * @param address where spans are posted, by OTLP over HTTP
 * @param sample the share of traces that are told, 0 to 1, of those that begin with us; whoever has
 *     begun one has decided it
 * @param service what this process is called there
 * @param trust null where the address is believed as the machine would
 */
public record Collector(
    URI address, double sample, String service, @Nullable TrustManagerFactory trust) {}

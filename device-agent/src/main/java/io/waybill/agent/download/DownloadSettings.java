package io.waybill.agent.download;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to fetch.
 *
 * @param connections ranges under way at once
 * @param replace whether a file that is in the place may be replaced
 * @param patience for how long nothing may move
 * @param stall how long a connection may stand still before it counts as broken
 * @param trustedCertificates PEM file of the authorities to trust, null for the JVM's own
 */
public record DownloadSettings(
    int connections,
    boolean replace,
    Duration patience,
    Duration stall,
    @Nullable Path trustedCertificates) {

  public static final int MOST_CONNECTIONS = 64;
  public static final Duration STALL = Duration.ofSeconds(60);
}

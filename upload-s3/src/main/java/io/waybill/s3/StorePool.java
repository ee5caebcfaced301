package io.waybill.s3;

import java.time.Duration;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** The HTTP client of one store: a bounded pool of connections, and no opinion of its own. */
final class StorePool {

  /** A call that finds no connection free for so long is refused: the store is not keeping up. */
  private static final Timeout FOR_A_CONNECTION = Timeout.ofSeconds(1);

  /** Stores and the proxies before them drop idle connections, some after five seconds. */
  private static final TimeValue PROBED_AFTER = TimeValue.ofSeconds(1);

  private static final TimeValue IDLE = TimeValue.ofSeconds(30);

  private StorePool() {}

  static CloseableHttpClient open(S3Connections connections, Duration connect) {
    return HttpClients.custom()
        .setConnectionManager(manager(connections, connect))
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(FOR_A_CONNECTION)
                .setExpectContinueEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build())
        .setUserAgent("waybill")
        .evictIdleConnections(IDLE)
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .disableConnectionState()
        .build();
  }

  private static HttpClientConnectionManager manager(S3Connections connections, Duration connect) {
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setMaxConnTotal(connections.most())
        .setMaxConnPerRoute(connections.most())
        .setTlsSocketStrategy(new DefaultClientTlsStrategy(connections.tls()))
        .setDefaultSocketConfig(SocketConfig.custom().setTcpNoDelay(true).build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(connect))
                .setValidateAfterInactivity(PROBED_AFTER)
                .build())
        .build();
  }
}

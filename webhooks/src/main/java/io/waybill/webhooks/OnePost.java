package io.waybill.webhooks;

import io.waybill.webhooks.AddressRules.Target;
import io.waybill.wire.CloudEvent;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.BasicHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * One signed request: no redirect, no second try, no cookie; of the answer as much as says how it
 * went. Its end is an end, whatever the other side does: the socket is closed under it.
 */
final class OnePost {
  private static final int ANSWER_BYTES = 64 << 10;
  private static final int LINE_BYTES = 8 << 10;
  private static final int MOST_HEADERS = 100;

  /** Ends what is over its time; it waits for nobody. */
  private static final ScheduledExecutorService ENDS =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("webhook-ends").factory());

  private final Target target;
  private final byte[] body;
  private final String id;
  private final long timestamp;
  private final String signature;

  OnePost(Target target, String id, long timestamp, String signature, byte[] body) {
    this.target = target;
    this.id = id;
    this.timestamp = timestamp;
    this.signature = signature;
    this.body = body;
  }

  /**
   * Sends it to the first of the addresses that is there; the name goes into SNI, the check of the
   * certificate, and Host.
   *
   * @param end of {@link System#nanoTime()}
   * @return the status of the answer
   * @throws IOException when there was none, or it was not over in time
   */
  int send(List<InetAddress> addresses, SSLContext tls, long end) throws IOException {
    CloseableHttpClient client = client(addresses, tls, end);
    ScheduledFuture<?> ending =
        ENDS.schedule(
            () -> client.close(CloseMode.IMMEDIATE), end - System.nanoTime(), TimeUnit.NANOSECONDS);
    try {
      HttpHost host = new HttpHost(target.isTls() ? "https" : "http", target.host(), target.port());
      ClassicHttpResponse answer = client.executeOpen(host, request(), null);
      discard(answer);
      return answer.getCode();
    } catch (IllegalStateException e) {
      throw new IOException("its end came before it was sent", e);
    } finally {
      ending.cancel(false);
      // Before the answer is closed, which would read an endless one to its end.
      client.close(CloseMode.IMMEDIATE);
    }
  }

  private HttpPost request() {
    HttpPost post = new HttpPost(target.path());
    post.setHeader("webhook-id", id);
    post.setHeader("webhook-timestamp", Long.toString(timestamp));
    post.setHeader("webhook-signature", signature);
    post.setEntity(new ByteArrayEntity(body, ContentType.parse(CloudEvent.CONTENT_TYPE)));
    return post;
  }

  private static void discard(ClassicHttpResponse answer) throws IOException {
    if (answer.getEntity() == null) {
      return;
    }
    InputStream content = answer.getEntity().getContent();
    byte[] buffer = new byte[LINE_BYTES];
    int left = ANSWER_BYTES;
    while (left > 0) {
      int read = content.read(buffer, 0, Math.min(buffer.length, left));
      if (read < 0) {
        return;
      }
      left -= read;
    }
  }

  private static CloseableHttpClient client(List<InetAddress> addresses, SSLContext tls, long end) {
    Timeout rest = Timeout.ofMilliseconds(Math.max(1, (end - System.nanoTime()) / 1_000_000));
    BasicHttpClientConnectionManager connections = connections(addresses, tls);
    connections.setConnectionConfig(
        ConnectionConfig.custom().setConnectTimeout(rest).setSocketTimeout(rest).build());
    connections.setTlsConfig(TlsConfig.custom().setHandshakeTimeout(rest).build());
    return HttpClients.custom()
        .setConnectionManager(connections)
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setResponseTimeout(rest)
                .setExpectContinueEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build())
        .setUserAgent("waybill")
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .disableConnectionState()
        .build();
  }

  private static BasicHttpClientConnectionManager connections(
      List<InetAddress> addresses, SSLContext tls) {
    Http1Config bounds =
        Http1Config.custom().setMaxHeaderCount(MOST_HEADERS).setMaxLineLength(LINE_BYTES).build();
    return BasicHttpClientConnectionManager.create(
        null,
        new Resolved(addresses),
        RegistryBuilder.<TlsSocketStrategy>create()
            .register("https", new DefaultClientTlsStrategy(tls))
            .build(),
        ManagedHttpClientConnectionFactory.builder().http1Config(bounds).build());
  }

  /** Knows the addresses already: whoever connects looks nothing up. */
  private record Resolved(List<InetAddress> addresses) implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) {
      return addresses.toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}

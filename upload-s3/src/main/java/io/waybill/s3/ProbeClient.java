package io.waybill.s3;

import io.waybill.core.storage.ChecksumAlgorithm;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.UrlSigner.PartLength;
import io.waybill.core.storage.UrlSigner.PartsToSign;
import io.waybill.core.storage.UrlSigner.SignedParts;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;

/** Asks a store whatever a probe wants to know, and gives its answer back as it is. */
final class ProbeClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int LONGEST_ANSWER = 1 << 20;

  private final S3Endpoint endpoint;
  private final EndpointSigner signer;
  private final SigV4UrlSigner urls;
  private final CloseableHttpClient http;

  ProbeClient(S3Endpoint endpoint, S3Settings settings) {
    this.endpoint = endpoint.inside();
    this.signer = new EndpointSigner(endpoint);
    this.urls = new SigV4UrlSigner(S3Settings.of("probed", this.endpoint));
    this.http = StorePool.open(settings.connections(), settings.timeouts().connect());
  }

  /**
   * What a store said.
   *
   * @param headers by their names in lower case
   */
  record Reply(int status, Map<String, String> headers, String body) {
    boolean isGood() {
      return status >= 200 && status < 300 && !body.contains("<Error>");
    }

    /** Whether the store says no to what it was asked, rather than that it is in trouble. */
    boolean isRefusal() {
      return status >= 400 && status < 500;
    }

    String header(String name) {
      return headers.getOrDefault(name, "");
    }

    /** The text of the first element of this name. */
    @Nullable String text(String element) {
      int start = body.indexOf("<" + element + ">");
      int end = start < 0 ? -1 : body.indexOf("</" + element + ">", start);
      return end < 0 ? null : body.substring(start + element.length() + 2, end);
    }
  }

  Reply ask(S3Call call) {
    StoreAddress address =
        StoreAddress.of(endpoint.internal(), endpoint.addressing(), call.bucket(), call.key());
    String path = call.query().isEmpty() ? address.path() : address.path() + "?" + call.query();
    ClassicHttpRequest request = new BasicClassicHttpRequest(call.method(), path);
    signer.headers(call, address, Instant.now()).forEach(request::setHeader);
    if (call.method().equals("POST")) {
      request.setEntity(new ByteArrayEntity(call.body().getBytes(StandardCharsets.UTF_8), null));
    }
    return send(URI.create(address.origin()), request);
  }

  /** Sends one part to a signed URL, as devices do. */
  Reply put(
      ObjectLocation at,
      String uploadId,
      byte[] bytes,
      @Nullable ChecksumAlgorithm algorithm,
      @Nullable String sum) {
    SignedParts signed =
        urls.signParts(
            new PartsToSign(
                new ObjectLocation("probed", at.bucket(), at.key()),
                uploadId,
                List.of(new PartLength(1, bytes.length, sum)),
                algorithm,
                Instant.now(),
                Duration.ofMinutes(1)));
    URI url = URI.create(signed.url(signed.signatures().getFirst()));
    ClassicHttpRequest request =
        new BasicClassicHttpRequest("PUT", url.getRawPath() + "?" + url.getRawQuery());
    request.setEntity(new ByteArrayEntity(bytes, null));
    if (algorithm != null && sum != null) {
      request.setHeader(algorithm.header(), sum);
    }
    return send(url, request);
  }

  private Reply send(URI store, ClassicHttpRequest request) {
    HttpHost target = new HttpHost(store.getScheme(), store.getHost(), store.getPort());
    return Deadline.in(PATIENCE).run(() -> http.execute(target, request, ProbeClient::reply));
  }

  private static Reply reply(ClassicHttpResponse answer) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    for (Header header : answer.getHeaders()) {
      headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
    }
    String body =
        answer.getEntity() == null
            ? ""
            : new String(
                answer.getEntity().getContent().readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
    return new Reply(answer.getCode(), headers, body);
  }

  @Override
  public void close() throws IOException {
    http.close();
  }
}

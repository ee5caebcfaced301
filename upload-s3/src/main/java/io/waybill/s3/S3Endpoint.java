package io.waybill.s3;

import java.net.URI;

/**
 * One object store.
 *
 * @param internal where our own calls go
 * @param external where the URLs that we sign point to: the host a client will really use, because
 *     a signature covers it and nobody may rewrite it afterwards
 * @param bucket the bucket that readiness asks for
 * @param completeIfAbsent send {@code If-None-Match: *} with a completion. Keys are never reused,
 *     so this only guards against strangers in the bucket; a store that answers 501 to the header
 *     would leave every completion unknown. Off unless the store is known to honour or ignore it
 */
public record S3Endpoint(
    URI internal,
    URI external,
    String region,
    S3Credentials credentials,
    S3Addressing addressing,
    String bucket,
    boolean completeIfAbsent) {

  public S3Endpoint {
    internal = origin("endpoint", internal);
    external = origin("public endpoint", external);
    if (region.isBlank()) {
      throw new IllegalArgumentException("storage needs a region; us-east-1 if it has none");
    }
    if (bucket.isBlank()) {
      throw new IllegalArgumentException("storage needs a bucket");
    }
  }

  private static URI origin(String what, URI uri) {
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    boolean bare = uri.getRawPath() == null || uri.getRawPath().matches("/?");
    boolean plain =
        uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
    if (!http || uri.getHost() == null || !bare || !plain) {
      throw new IllegalArgumentException(
          "the storage " + what + " must be http(s)://host[:port] and nothing more");
    }
    int port = isDefaultPort(uri) ? -1 : uri.getPort();
    return URI.create(uri.getScheme() + "://" + uri.getHost() + (port < 0 ? "" : ":" + port));
  }

  private static boolean isDefaultPort(URI uri) {
    return uri.getPort() == ("https".equals(uri.getScheme()) ? 443 : 80);
  }
}

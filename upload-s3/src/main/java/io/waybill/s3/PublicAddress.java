package io.waybill.s3;

import java.util.regex.Pattern;

/**
 * How a store is spoken to from outside: what goes before the path, and what clients send as Host.
 *
 * @param origin scheme, host and port
 * @param host host and port
 * @param path encoded, from the slash on
 */
record PublicAddress(String origin, String host, String path) {

  private static final Pattern DNS_LABELS =
      Pattern.compile(
          "(?=.{3,63}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
  private static final Pattern IP_ADDRESS = Pattern.compile("[0-9]+(\\.[0-9]+){3}|\\[.*]");

  static PublicAddress of(S3Endpoint endpoint, String bucket, String key) {
    String origin = endpoint.external().toString();
    String host = endpoint.external().getRawAuthority();
    String path = "/" + UriEncoding.path(key);
    if (!inHost(endpoint, bucket)) {
      return new PublicAddress(origin, host, "/" + UriEncoding.value(bucket) + path);
    }
    String bucketHost = bucket + "." + host;
    return new PublicAddress(
        endpoint.external().getScheme() + "://" + bucketHost, bucketHost, path);
  }

  /**
   * Like the SDK, falls back to the path where a host name cannot carry the bucket: under an IP
   * address, with letters DNS lacks, or with a dot under a TLS wildcard certificate.
   */
  private static boolean inHost(S3Endpoint endpoint, String bucket) {
    boolean tls = "https".equals(endpoint.external().getScheme());
    return endpoint.addressing() == S3Addressing.VIRTUAL_HOST
        && !IP_ADDRESS.matcher(endpoint.external().getHost()).matches()
        && DNS_LABELS.matcher(bucket).matches()
        && !IP_ADDRESS.matcher(bucket).matches()
        && !(tls && bucket.indexOf('.') >= 0);
  }
}

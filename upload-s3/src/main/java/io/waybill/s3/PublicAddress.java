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
    String scheme = endpoint.external().getScheme();
    String host = endpoint.external().getRawAuthority();
    StringBuilder path = new StringBuilder(key.length() + bucket.length() + 16).append('/');
    if (inHost(endpoint, bucket)) {
      host = bucket + "." + host;
    } else {
      UriEncoding.appendValue(path, bucket);
      path.append('/');
    }
    UriEncoding.appendPath(path, key);
    return new PublicAddress(scheme + "://" + host, host, path.toString());
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

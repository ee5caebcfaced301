package io.waybill.s3;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * Where a bucket, or an object in it, is found at a store.
 *
 * @param origin scheme, host and port
 * @param host host and port, as the header says it
 * @param path encoded, from the slash on
 */
record StoreAddress(String origin, String host, String path) {

  private static final Pattern DNS_LABELS =
      Pattern.compile(
          "(?=.{3,63}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
  private static final Pattern IP_ADDRESS = Pattern.compile("[0-9]+(\\.[0-9]+){3}|\\[.*]");

  /**
   * An object's address.
   *
   * @param key empty for the bucket's own
   */
  static StoreAddress of(URI store, S3Addressing addressing, String bucket, String key) {
    String host = store.getRawAuthority();
    if (isInHost(store, addressing, bucket)) {
      String bucketHost = bucket + "." + host;
      return new StoreAddress(
          store.getScheme() + "://" + bucketHost, bucketHost, "/" + UriEncoding.path(key));
    }
    String path = "/" + UriEncoding.value(bucket);
    return new StoreAddress(
        store.toString(), host, key.isEmpty() ? path : path + "/" + UriEncoding.path(key));
  }

  /**
   * Like the SDK, falls back to the path where a host name cannot carry the bucket: under an IP
   * address, with letters DNS lacks, or with a dot under a TLS wildcard certificate.
   */
  private static boolean isInHost(URI store, S3Addressing addressing, String bucket) {
    boolean tls = "https".equals(store.getScheme());
    return addressing == S3Addressing.VIRTUAL_HOST
        && !IP_ADDRESS.matcher(store.getHost()).matches()
        && DNS_LABELS.matcher(bucket).matches()
        && !IP_ADDRESS.matcher(bucket).matches()
        && !(tls && bucket.indexOf('.') >= 0);
  }
}

package io.waybill.s3;

import io.waybill.core.storage.ObjectLocation;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Signs for one endpoint; keeps the key of the day it signed for last. */
final class EndpointSigner {

  private static final HexFormat HEX = HexFormat.of();

  private final S3Endpoint endpoint;

  /** Immutable and replaced whole: two threads at midnight derive it twice, and that is all. */
  private volatile SigningDay lastDay;

  EndpointSigner(S3Endpoint endpoint) {
    this.endpoint = endpoint;
    this.lastDay = signingDay("19700101");
  }

  S3Endpoint endpoint() {
    return endpoint;
  }

  /** Where clients find an object. */
  StoreAddress address(ObjectLocation location) {
    return StoreAddress.of(
        endpoint.external(), endpoint.addressing(), location.bucket(), location.key());
  }

  /**
   * The headers that let a call of our own in: the date, the body's hash, and the signature over
   * all that is sent.
   *
   * @param address where the call goes
   */
  Map<String, String> headers(S3Call call, StoreAddress address, Instant now) {
    String time = AmzTime.of(now);
    SigningDay day = day(time.substring(0, 8));
    String bodyHash = HEX.formatHex(Sha256.empty().and(call.body()).fork().digest());
    TreeMap<String, String> signed = new TreeMap<>(call.headers());
    signed.put("host", address.host());
    signed.put("x-amz-content-sha256", bodyHash);
    signed.put("x-amz-date", time);
    String names = String.join(";", signed.keySet());
    StringBuilder lines = new StringBuilder();
    signed.forEach((name, value) -> lines.append(name).append(':').append(value).append('\n'));
    Sha256 canonical =
        Sha256.empty()
            .and(call.method(), "\n", address.path(), "\n", call.query(), "\n")
            .and(lines.toString(), "\n", names, "\n", bodyHash);
    HmacKey key = day.key().startingWith("AWS4-HMAC-SHA256\n", time, "\n", day.scope(), "\n");
    signed.put(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential="
            + endpoint.credentials().accessKey()
            + "/"
            + day.scope()
            + ", SignedHeaders="
            + names
            + ", Signature="
            + new RequestSigning(key).sign(canonical.fork()));
    return signed;
  }

  /**
   * What every URL of this moment says about who signs it, and for how long.
   *
   * @param signedHeaders encoded for a query
   */
  Stamp stamp(String signedHeaders, Instant now, long lifeSeconds) {
    String time = AmzTime.of(now);
    SigningDay day = day(time.substring(0, 8));
    String expires = "&X-Amz-Expires=" + lifeSeconds;
    return new Stamp(
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="
            + day.credential()
            + "&X-Amz-Date="
            + time
            + expires
            + "&X-Amz-SignedHeaders="
            + signedHeaders,
        "&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date="
            + time
            + "&X-Amz-SignedHeaders="
            + signedHeaders
            + "&X-Amz-Credential="
            + day.credential()
            + expires,
        day.key().startingWith("AWS4-HMAC-SHA256\n", time, "\n", day.scope(), "\n"));
  }

  private SigningDay day(String date) {
    SigningDay day = lastDay;
    if (!day.date().equals(date)) {
      day = signingDay(date);
      lastDay = day;
    }
    return day;
  }

  private SigningDay signingDay(String date) {
    return SigningDay.of(date, endpoint.region(), endpoint.credentials());
  }

  /**
   * The query parameters that a signature is made with.
   *
   * @param canonicalQuery sorted, as they are hashed
   * @param urlQuery with a leading ampersand, in the order in which the SDK writes them
   * @param key signs the hex digest of a canonical request: the lines before it are absorbed
   */
  record Stamp(String canonicalQuery, String urlQuery, HmacKey key) {
    @Override
    public String toString() {
      return "Stamp";
    }
  }
}

package io.waybill.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.core.storage.UrlSigner.PartLength;
import io.waybill.core.storage.UrlSigner.PartsToSign;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** What the SDK's presigner signs with, at a time of our choosing. */
final class SdkSigner {

  private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

  private SdkSigner() {}

  /** Takes scheme, host and path of our URL and leaves the rest to the SDK. */
  static String signLike(String ourUrl, S3Endpoint endpoint, PartsToSign asked) {
    PartLength part = asked.parts().getFirst();
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.PUT)
            .uri(URI.create(ourUrl.substring(0, ourUrl.indexOf('?'))))
            .putRawQueryParameter("partNumber", Integer.toString(part.partNumber()))
            .putRawQueryParameter("uploadId", asked.uploadId())
            .putHeader("Content-Length", Long.toString(part.lengthBytes()))
            .build();
    return SIGNER
        .sign(sign ->
            sign.identity(
                    AwsCredentialsIdentity.create(
                        endpoint.credentials().accessKey(), endpoint.credentials().secretKey()))
                .request(request)
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                .putProperty(AwsV4HttpSigner.REGION_NAME, endpoint.region())
                .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false)
                .putProperty(
                    AwsV4HttpSigner.AUTH_LOCATION, AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, asked.life())
                .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(asked.now(), ZoneOffset.UTC)))
        .request()
        .getUri()
        .toString();
  }

  /** The SDK's Authorization header for the same call with the same headers. */
  static String authorize(S3Call call, S3Endpoint endpoint, Instant now) {
    StoreAddress address =
        StoreAddress.of(endpoint.internal(), endpoint.addressing(), call.bucket(), call.key());
    String query = call.query().isEmpty() ? "" : "?" + call.query();
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.fromValue(call.method()))
            .uri(URI.create(address.origin() + address.path() + query));
    call.headers().forEach(request::putHeader);
    return SIGNER
        .sign(sign ->
            sign.identity(
                    AwsCredentialsIdentity.create(
                        endpoint.credentials().accessKey(), endpoint.credentials().secretKey()))
                .request(request.build())
                .payload(() -> new ByteArrayInputStream(call.body().getBytes(UTF_8)))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                .putProperty(AwsV4HttpSigner.REGION_NAME, endpoint.region())
                .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(now, ZoneOffset.UTC)))
        .request()
        .firstMatchingHeader("Authorization")
        .orElseThrow();
  }
}

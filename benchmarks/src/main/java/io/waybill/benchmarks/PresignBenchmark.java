package io.waybill.benchmarks;

import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.UrlSigner.PartLength;
import io.waybill.core.storage.UrlSigner.PartsToSign;
import io.waybill.core.storage.UrlSigner.SignedParts;
import io.waybill.s3.S3Addressing;
import io.waybill.s3.S3Credentials;
import io.waybill.s3.S3Endpoint;
import io.waybill.s3.S3Settings;
import io.waybill.s3.SigV4UrlSigner;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * The cost of one part URL: ours, the SDK's presigner's, and its signer's without the presigner.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PresignBenchmark {

  private static final int HUNDRED = 100;
  private static final long PART_BYTES = 64L << 20;
  private static final Duration LIFE = Duration.ofMinutes(15);
  private static final URI ENDPOINT = URI.create("https://s3.example.com");
  private static final ObjectLocation LOCATION =
      new ObjectLocation(
          "local",
          "robot-data",
          "tenants/0190a000-0000-7000-8000-000000000001/projects/0190a000-0000-7000-8000-000000000002"
              + "/datasets/0190a000-0000-7000-8000-000000000003/2026/11/23"
              + "/0190a000-0000-7000-8000-000000000004/run_2026-11-23.mcap");
  private static final String UPLOAD_ID =
      "2~Rk9vQmFyQmF6UXV4MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6";

  private final SigV4UrlSigner ours =
      new SigV4UrlSigner(
          S3Settings.of(
              "local",
              new S3Endpoint(
                  ENDPOINT,
                  ENDPOINT,
                  "us-east-1",
                  new S3Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
                  S3Addressing.PATH,
                  LOCATION.bucket(),
                  false)));
  private final S3Presigner presigner =
      S3Presigner.builder()
          .region(Region.US_EAST_1)
          .endpointOverride(ENDPOINT)
          .credentialsProvider(
              StaticCredentialsProvider.create(
                  AwsBasicCredentials.create(
                      "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")))
          .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
          .build();
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
  private final AwsCredentialsIdentity identity =
      AwsCredentialsIdentity.create("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");

  private final List<PartLength> one = List.of(new PartLength(17, PART_BYTES));
  private final List<PartLength> hundred =
      IntStream.rangeClosed(1, HUNDRED).mapToObj(n -> new PartLength(n, PART_BYTES)).toList();

  @Benchmark
  public String waybillOne() {
    SignedParts signed = ours.signParts(request(one));
    return signed.url(signed.signatures().getFirst());
  }

  @Benchmark
  @OperationsPerInvocation(HUNDRED)
  public SignedParts waybillHundredCompact() {
    return ours.signParts(request(hundred));
  }

  @Benchmark
  @OperationsPerInvocation(HUNDRED)
  public void waybillHundredFull(Blackhole urls) {
    SignedParts signed = ours.signParts(request(hundred));
    signed.signatures().forEach(part -> urls.consume(signed.url(part)));
  }

  @Benchmark
  public String sdkPresigner() {
    return presigner
        .presignUploadPart(presign ->
            presign
                .signatureDuration(LIFE)
                .uploadPartRequest(part ->
                    part.bucket(LOCATION.bucket())
                        .key(LOCATION.key())
                        .uploadId(UPLOAD_ID)
                        .partNumber(17)
                        .contentLength(PART_BYTES)))
        .url()
        .toString();
  }

  @Benchmark
  public String sdkSigner() {
    return signer
        .sign(sign ->
            sign.identity(identity)
                .request(sdkRequest())
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false)
                .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, LIFE))
        .request()
        .getUri()
        .toString();
  }

  private static SdkHttpRequest sdkRequest() {
    return SdkHttpRequest.builder()
        .method(SdkHttpMethod.PUT)
        .protocol(ENDPOINT.getScheme())
        .host(ENDPOINT.getHost())
        .encodedPath("/" + LOCATION.bucket() + "/" + LOCATION.key())
        .putRawQueryParameter("partNumber", "17")
        .putRawQueryParameter("uploadId", UPLOAD_ID)
        .putHeader("Content-Length", Long.toString(PART_BYTES))
        .build();
  }

  private static PartsToSign request(List<PartLength> parts) {
    return new PartsToSign(LOCATION, UPLOAD_ID, parts, Instant.now(), LIFE);
  }
}

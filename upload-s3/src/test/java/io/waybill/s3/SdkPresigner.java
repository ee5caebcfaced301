package io.waybill.s3;

import io.waybill.core.storage.ChecksumAlgorithm;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.UrlSigner.PartLength;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The SDK's own presigner for an endpoint. It reads the clock; its URL tells what it read. */
record SdkPresigner(S3Presigner presigner) {

  private static final Pattern DATE = Pattern.compile("X-Amz-Date=(\\w+)");
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  static SdkPresigner of(S3Endpoint endpoint) {
    return new SdkPresigner(
        S3Presigner.builder()
            .region(Region.of(endpoint.region()))
            .endpointOverride(endpoint.external())
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(
                        endpoint.credentials().accessKey(), endpoint.credentials().secretKey())))
            .serviceConfiguration(
                S3Configuration.builder()
                    .pathStyleAccessEnabled(endpoint.addressing() == S3Addressing.PATH)
                    .build())
            .build());
  }

  Signed part(ObjectLocation location, String uploadId, PartLength part, Duration life) {
    return signed(
        presigner
            .presignUploadPart(presign ->
                presign
                    .signatureDuration(life)
                    .uploadPartRequest(request ->
                        request
                            .bucket(location.bucket())
                            .key(location.key())
                            .uploadId(uploadId)
                            .partNumber(part.partNumber())
                            .contentLength(part.lengthBytes())))
            .url()
            .toString());
  }

  /** A part of which the store checks a sum. */
  Signed part(
      ObjectLocation location,
      String uploadId,
      PartLength part,
      ChecksumAlgorithm algorithm,
      Duration life) {
    return signed(
        presigner
            .presignUploadPart(presign ->
                presign
                    .signatureDuration(life)
                    .uploadPartRequest(request -> {
                      request
                          .bucket(location.bucket())
                          .key(location.key())
                          .uploadId(uploadId)
                          .partNumber(part.partNumber())
                          .contentLength(part.lengthBytes());
                      switch (algorithm) {
                        case CRC32C -> request.checksumCRC32C(part.checksum());
                        case CRC64NVME -> request.checksumCRC64NVME(part.checksum());
                        case SHA256 -> request.checksumSHA256(part.checksum());
                      }
                    }))
            .url()
            .toString());
  }

  Signed download(ObjectLocation location, String disposition, Duration life) {
    return signed(
        presigner
            .presignGetObject(presign ->
                presign
                    .signatureDuration(life)
                    .getObjectRequest(request ->
                        request
                            .bucket(location.bucket())
                            .key(location.key())
                            .responseContentDisposition(disposition)))
            .url()
            .toString());
  }

  private static Signed signed(String url) {
    Matcher date = DATE.matcher(url);
    if (!date.find()) {
      throw new AssertionError("no date in the SDK's URL");
    }
    return new Signed(url, Instant.from(FORMAT.parse(date.group(1))));
  }

  /** A URL and the second it was signed in. */
  record Signed(String url, Instant at) {}
}

package io.waybill.s3;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The SDK's client, set up so that nothing but our settings decides what it does. */
final class S3Clients {

  private S3Clients() {}

  static S3Client of(S3Endpoint endpoint, S3Timeouts timeouts) {
    S3Credentials keys = endpoint.credentials();
    return S3Client.builder()
        .httpClient(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(timeouts.connect())
                .socketTimeout(longest(timeouts))
                .build())
        .endpointOverride(endpoint.internal())
        .region(Region.of(endpoint.region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(keys.accessKey(), keys.secretKey())))
        .forcePathStyle(endpoint.addressing() == S3Addressing.PATH)
        // The SDK's own checksums are headers and trailers that older stores refuse.
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .overrideConfiguration(sdk ->
            sdk.retryStrategy(AwsRetryStrategy.doNotRetry())
                .defaultProfileFile(ProfileFile.aggregator().build()))
        .build();
  }

  /** Each call has its own deadline; the socket's must not come before the longest of them. */
  private static Duration longest(S3Timeouts timeouts) {
    return timeouts.complete().compareTo(timeouts.list()) > 0
        ? timeouts.complete()
        : timeouts.list();
  }
}

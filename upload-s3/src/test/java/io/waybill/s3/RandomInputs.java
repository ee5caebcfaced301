package io.waybill.s3;

import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.UrlSigner.PartLength;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Everything that a URL is signed for, as odd as it can be. */
record RandomInputs(Random random) {

  private static final List<String> HOSTS =
      List.of(
          "http://localhost",
          "http://localhost:80",
          "https://s3.eu-central-1.amazonaws.com",
          "https://store.example.com:443",
          "https://store.example.com:8443/",
          "http://minio:9000",
          "https://a.b.c.d.example");

  /** Under these no bucket can stand in the host; the SDK fails on some, we use the path. */
  private static final List<String> ADDRESSES =
      List.of("http://127.0.0.1:19000", "http://[::1]:9000", "https://10.1.2.3");

  private static final List<String> BUCKETS =
      List.of("robot-data", "abc", "with.dots.in-it", "Upper", "under_score", "a".repeat(63));
  private static final List<String> REGIONS =
      List.of("us-east-1", "eu-central-1", "us-gov-west-1", "cn-north-1", "garage", "x");
  private static final String ODD = " /?&=+%~*'()!$:@,;\"<>[]{}|\\^`#.-_äß漢字🤖\u0000\n\u00a0\u0301";

  S3Endpoint endpoint(S3Addressing addressing) {
    return new S3Endpoint(
        URI.create(oneOf(addressing == S3Addressing.PATH && below(3) == 0 ? ADDRESSES : HOSTS)),
        URI.create(oneOf(addressing == S3Addressing.PATH && below(3) == 0 ? ADDRESSES : HOSTS)),
        oneOf(REGIONS),
        new S3Credentials(letters(1 + below(24)), letters(1 + below(90))),
        addressing,
        "unused",
        false);
  }

  ObjectLocation location() {
    return new ObjectLocation("local", oneOf(BUCKETS), text(1 + below(90)));
  }

  String uploadId() {
    return below(3) == 0 ? text(1 + below(60)) : letters(1 + below(140));
  }

  PartLength part() {
    long length = random.nextLong(1, 5L << 30);
    return new PartLength(1 + below(10_000), length >> below(30));
  }

  Duration life() {
    return Duration.ofSeconds(1 + below(7 * 24 * 3600));
  }

  /** Any second of two centuries, often one beside a midnight. */
  Instant instant() {
    long second = random.nextLong(0, 200L * 365 * 86_400);
    long midnight = second - second % 86_400;
    return Instant.ofEpochSecond(
        switch (below(4)) {
          case 0 -> midnight;
          case 1 -> midnight - 1;
          default -> second;
        },
        below(1_000_000_000));
  }

  /** Letters, digits and every kind of trouble. */
  String text(int length) {
    StringBuilder text = new StringBuilder();
    int[] odd = ODD.codePoints().toArray();
    while (text.length() < length) {
      if (below(3) == 0) {
        text.appendCodePoint(odd[below(odd.length)]);
      } else {
        text.append(letters(1));
      }
    }
    return text.toString();
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  private String letters(int length) {
    String alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(below(alphabet.length())));
    }
    return text.toString();
  }

  private <T> T oneOf(List<T> choices) {
    return choices.get(below(choices.size()));
  }
}

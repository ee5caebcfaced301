package io.waybill.s3;

import io.waybill.core.storage.ChecksumAlgorithm;
import io.waybill.s3.S3Xml.Document;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** What stands in the answers of a store, none of which may be longer than any of S3's. */
final class StoreAnswers {
  private static final int LONGEST_ANSWER = 16 << 20;
  private static final int LONGEST_ERROR = 64 << 10;
  private static final int LONGEST_SUM = 100;

  private StoreAnswers() {}

  static Map<String, String> sums(ClassicHttpResponse answer) {
    Map<String, String> sums = new TreeMap<>();
    for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
      String sum = header(answer, algorithm.header());
      if (sum != null && sum.length() <= LONGEST_SUM) {
        sums.put(algorithm.word(), sum);
      }
    }
    return sums;
  }

  /** A success that has nothing to say; one that says something is an error, or not a store's. */
  static int withoutWords(ClassicHttpResponse answer) throws IOException {
    if (body(answer, LONGEST_ERROR).read() >= 0) {
      throw StorageFault.nonsense("a body where there is none");
    }
    return answer.getCode();
  }

  /** A success with a document; some stores say in a success that they failed. */
  static Document document(ClassicHttpResponse answer) throws IOException {
    Document document = S3Xml.read(body(answer, LONGEST_ANSWER));
    if (document.root().equals("Error")) {
      throw StorageFault.answered(
          answer.getCode(), document.text("Code"), document.text("Message"));
    }
    return document;
  }

  static StorageFault refused(ClassicHttpResponse answer) throws IOException {
    String clocks =
        isDenial(answer) ? StoreClock.apart(header(answer, "Date"), Instant.now()) : null;
    try {
      Document error = S3Xml.read(body(answer, LONGEST_ERROR));
      String code = error.text("Code");
      return StorageFault.answered(
          answer.getCode(), code, withClocks(code, error.text("Message"), clocks));
    } catch (StorageFault noWords) {
      return StorageFault.answered(answer.getCode(), null, clocks);
    }
  }

  /** Clocks that are apart are the reason where the store says so; elsewhere they are a remark. */
  private static @Nullable String withClocks(
      @Nullable String code, @Nullable String message, @Nullable String clocks) {
    if (clocks == null) {
      return message;
    }
    if ("RequestTimeTooSkewed".equals(code)) {
      return clocks + ", so it refuses what we sign: set the wrong one";
    }
    return message == null || message.isBlank() ? clocks : "%s (%s)".formatted(message, clocks);
  }

  private static boolean isDenial(ClassicHttpResponse answer) {
    return answer.getCode() == 401 || answer.getCode() == 403;
  }

  /** An answer to HEAD has no words, so these are ours. */
  static StorageFault aboutBucket(StorageFault fault, String bucket) {
    if (fault.kind() == StorageFault.Kind.NOT_FOUND) {
      return StorageFault.answered(404, null, "there is no bucket " + bucket);
    }
    if (fault.kind() != StorageFault.Kind.FORBIDDEN) {
      return fault;
    }
    String reasons = "it does not know our key, or the key may not look at bucket " + bucket;
    return StorageFault.answered(
        403,
        null,
        fault.message().isEmpty() ? reasons : reasons + ", or it minds that " + fault.message());
  }

  static InputStream body(ClassicHttpResponse answer, int longest) throws IOException {
    HttpEntity entity = answer.getEntity();
    return entity == null
        ? InputStream.nullInputStream()
        : new BoundedStream(entity.getContent(), longest);
  }

  static @Nullable String header(ClassicHttpResponse answer, String name) {
    Header header = answer.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }

  static @Nullable Long length(ClassicHttpResponse answer) {
    String length = header(answer, "Content-Length");
    try {
      return length == null ? null : Long.valueOf(length.strip());
    } catch (NumberFormatException e) {
      throw StorageFault.nonsense("a length that is none", e);
    }
  }
}

package io.waybill.s3;

import io.waybill.core.storage.ChecksumAlgorithm;
import io.waybill.s3.S3Xml.Document;
import java.io.IOException;
import java.io.InputStream;
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
    try {
      Document error = S3Xml.read(body(answer, LONGEST_ERROR));
      return StorageFault.answered(answer.getCode(), error.text("Code"), error.text("Message"));
    } catch (StorageFault noWords) {
      return StorageFault.answered(answer.getCode(), null, null);
    }
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

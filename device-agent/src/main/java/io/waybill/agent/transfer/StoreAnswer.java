package io.waybill.agent.transfer;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/** Reads what an S3 store answered to a PUT. */
final class StoreAnswer {

  private StoreAnswer() {}

  static PutOutcome of(HttpResponse head, CharSequence document) {
    int status = head.status().code();
    String etag = head.headers().get(HttpHeaderNames.ETAG);
    if (head.status().codeClass() == HttpStatusClass.SUCCESS) {
      return etag == null || etag.isBlank()
          ? new PutOutcome.Unknown("the store took the part without naming its ETag")
          : new PutOutcome.Stored(etag);
    }
    return new PutOutcome.Answered(
        status, code(document), seconds(head.headers().get(HttpHeaderNames.RETRY_AFTER)));
  }

  static PutOutcome fault(Throwable cause) {
    if (cause instanceof FileSlice.ShorterFileException) {
      return new PutOutcome.Unreadable(String.valueOf(cause.getMessage()));
    }
    if (cause instanceof ClosedChannelException) {
      return new PutOutcome.Unknown("the store closed the connection");
    }
    String message = cause.getMessage();
    return new PutOutcome.Unknown(message == null ? cause.getClass().getSimpleName() : message);
  }

  /** The text of the first {@code <Code>} element; error documents hold just one. */
  static String code(CharSequence document) {
    String text = document.toString();
    int start = text.indexOf("<Code>");
    int end = text.indexOf("</Code>", Math.max(start, 0));
    return start < 0 || end < 0 ? "" : text.substring(start + "<Code>".length(), end).strip();
  }

  /**
   * Retry-After in seconds; its date form asks for a clock that nobody trusts, so it is left out.
   */
  static @Nullable Long seconds(@Nullable String retryAfter) {
    if (retryAfter == null || !retryAfter.strip().matches("\\d{1,6}")) {
      return null;
    }
    return Long.valueOf(retryAfter.strip());
  }
}

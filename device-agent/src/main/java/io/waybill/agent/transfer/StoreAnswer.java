package io.waybill.agent.transfer;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.ssl.NotSslRecordException;
import io.waybill.agent.control.Trust;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what an S3 store answered to a PUT, and what it means when there was no answer. */
final class StoreAnswer {

  private StoreAnswer() {}

  static PutOutcome of(Endpoint store, HttpResponse head, CharSequence document) {
    int status = head.status().code();
    String etag = head.headers().get(HttpHeaderNames.ETAG);
    String code = code(document);
    String other = notTheStore(head, code, etag == null || etag.isBlank());
    if (other != null) {
      return new PutOutcome.NotTheStore(
          "something answered in place of the store at "
              + store
              + " ("
              + status
              + " "
              + other
              + "); does this network want a sign-in, or is there a proxy?");
    }
    return head.status().codeClass() == HttpStatusClass.SUCCESS && etag != null
        ? new PutOutcome.Stored(etag)
        : new PutOutcome.Answered(
            status, code, seconds(head.headers().get(HttpHeaderNames.RETRY_AFTER)));
  }

  /** What shows that this is no store's answer, null when nothing does. */
  private static @Nullable String notTheStore(HttpResponse head, String code, boolean noEtag) {
    HttpStatusClass kind = head.status().codeClass();
    if (kind == HttpStatusClass.SERVER_ERROR || !code.isEmpty()) {
      return null;
    }
    String type = head.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
    if (type.toLowerCase(Locale.ROOT).startsWith("text/html")) {
      return "with a web page";
    }
    if (kind == HttpStatusClass.REDIRECTION) {
      return "with a redirect";
    }
    return kind == HttpStatusClass.SUCCESS && noEtag ? "without an ETag" : null;
  }

  /** There was no connection; nothing was sent. */
  static PutOutcome unreached(Endpoint store, Throwable cause) {
    String what = Trust.explain(cause, "the store at " + store);
    if (what == null && hasCause(cause, NotSslRecordException.class)) {
      what = "the store at " + store + " does not speak TLS";
    }
    if (what == null && hasCause(cause, UnknownHostException.class)) {
      what = "the name of the store, " + store.host() + ", is not known on this network";
    }
    if (what == null) {
      what = "no connection to the store at " + store + ": " + deepest(cause);
    }
    return new PutOutcome.Unreached(what);
  }

  static PutOutcome fault(Throwable cause) {
    if (cause instanceof PartBody.UnreadableException) {
      return new PutOutcome.Unreadable(String.valueOf(cause.getMessage()));
    }
    if (cause instanceof PartBody.OtherBytesException) {
      return new PutOutcome.OtherBytes();
    }
    if (cause instanceof ClosedChannelException) {
      return new PutOutcome.Unknown("the store closed the connection");
    }
    return new PutOutcome.Unknown(deepest(cause));
  }

  private static boolean hasCause(Throwable cause, Class<? extends Throwable> type) {
    for (Throwable next = cause; next != null; next = next.getCause()) {
      if (type.isInstance(next)) {
        return true;
      }
    }
    return false;
  }

  private static String deepest(Throwable cause) {
    Throwable deepest = cause;
    for (Throwable next = cause; next != null; next = next.getCause()) {
      deepest = next;
    }
    String message = deepest.getMessage();
    return message == null ? deepest.getClass().getSimpleName() : message;
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

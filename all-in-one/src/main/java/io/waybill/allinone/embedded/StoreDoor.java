package io.waybill.allinone.embedded;

import com.google.common.base.Throwables;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.gaul.s3proxy.CrossOriginResourceSharing;
import org.gaul.s3proxy.S3ProxyHandler;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Answers S3 requests over a store; whatever goes wrong is answered as S3 answers it. */
final class StoreDoor extends S3ProxyHandler {
  private static final long LARGEST_OBJECT = 5L << 30;
  private static final long LARGEST_SIGNED_BODY = 128L << 20;
  private static final int LARGEST_SIGNED_CHUNK = 16 << 20;
  private static final int CLOCK_SKEW_SECONDS = 15 * 60;

  StoreDoor(
      BlobStore store, String accessKey, String secretKey, CrossOriginResourceSharing origins) {
    super(
        store,
        AuthenticationType.AWS_V4,
        accessKey,
        secretKey,
        null,
        LARGEST_OBJECT,
        LARGEST_SIGNED_BODY,
        LARGEST_SIGNED_CHUNK,
        false,
        origins,
        "",
        CLOCK_SKEW_SECONDS);
  }

  /** Serves one request to its end. */
  void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (isCopyByUrl(request)) {
      sendSimpleErrorResponse(
          request, response, "AccessDenied", 403, "A header was not signed.", Map.of());
      return;
    }
    try (InputStream body = request.getInputStream()) {
      doHandle(request, request, response, body, new RequestContext());
    } catch (IOException | RuntimeException e) {
      Refusal refusal = refusal(e).orElse(null);
      if (refusal == null) {
        throw e;
      }
      if (!response.isCommitted()) {
        sendSimpleErrorResponse(
            request, response, refusal.code, refusal.status, refusal.message, Map.of());
      }
    }
  }

  /** A part's URL does not sign whose bytes the part shall have: it would read any object. */
  private static boolean isCopyByUrl(HttpServletRequest request) {
    return request.getHeader("x-amz-copy-source") != null
        && (request.getHeader("Authorization") == null
            || request.getParameterMap().keySet().stream()
                .anyMatch(name -> name.regionMatches(true, 0, "X-Amz-", 0, 6)));
  }

  private record Refusal(int status, String code, String message) {}

  /** What S3 would say; empty for a broken connection and for a bug. */
  private static Optional<Refusal> refusal(Exception failure) {
    for (Throwable cause : Throwables.getCausalChain(failure)) {
      switch (cause) {
        case AwsServiceException e -> {
          return Optional.of(ofStore(e));
        }
        case TimeoutException _ -> {
          return Optional.of(
              new Refusal(400, "RequestTimeout", "The body did not arrive in time."));
        }
        case UnsupportedOperationException e -> {
          return Optional.of(new Refusal(501, "NotImplemented", "" + e.getMessage()));
        }
        case IllegalArgumentException e -> {
          return Optional.of(new Refusal(400, "InvalidArgument", "" + e.getMessage()));
        }
        default -> {
          // its cause may say more
        }
      }
    }
    return Optional.empty();
  }

  private static Refusal ofStore(AwsServiceException failure) {
    AwsErrorDetails details = failure.awsErrorDetails();
    if (details != null && details.errorCode() != null) {
      String message = details.errorMessage();
      return new Refusal(failure.statusCode(), details.errorCode(), message == null ? "" : message);
    }
    return switch (failure.statusCode()) {
      case 400, 422 ->
          new Refusal(400, "BadDigest", "The checksum is not that of the body that arrived.");
      case 403 -> new Refusal(403, "AccessDenied", "Forbidden");
      case 404 -> new Refusal(404, "NoSuchKey", "The specified key does not exist.");
      case 412 -> new Refusal(412, "PreconditionFailed", "A precondition does not hold.");
      case 416 -> new Refusal(416, "InvalidRange", "The requested range cannot be satisfied.");
      default -> new Refusal(failure.statusCode(), "InternalError", "" + failure.getMessage());
    };
  }
}

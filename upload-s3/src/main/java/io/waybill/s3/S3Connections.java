package io.waybill.s3;

import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;

/**
 * How a store is connected to.
 *
 * @param most connections to one store, busy and idle together; a call that finds them all busy
 *     waits a moment and is then told so
 * @param tls whose certificates are trusted
 */
public record S3Connections(int most, SSLContext tls) {

  /** As many as a gateway may have commands that talk to storage. */
  public static final int MOST = 128;

  public S3Connections {
    if (most < 1 || most > 10_000) {
      throw new IllegalArgumentException("storage needs 1 to 10000 connections, not " + most);
    }
  }

  /** With the authorities that this machine trusts. */
  public static S3Connections standard() {
    try {
      return new S3Connections(MOST, SSLContext.getDefault());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has a default TLS context", e);
    }
  }
}

package io.waybill.s3;

import static io.waybill.s3.ScriptedServer.answer;
import static io.waybill.s3.ScriptedServer.error;
import static io.waybill.s3.ScriptedServer.hangUp;

import io.waybill.s3.ScriptedServer.Line;

/** What a store can say that is no success, and who can do something about it. */
@SuppressWarnings("ImmutableEnumChecker") // a line of a script has no state
enum StorageAnswer {
  ACCESS_DENIED("403 `AccessDenied`", error(403, "AccessDenied"), Mender.OPERATOR),
  INVALID_KEY("403 `InvalidAccessKeyId`", error(403, "InvalidAccessKeyId"), Mender.OPERATOR),
  SIGNATURE("403 `SignatureDoesNotMatch`", error(403, "SignatureDoesNotMatch"), Mender.OPERATOR),
  CLOCK("403 `RequestTimeTooSkewed`", error(403, "RequestTimeTooSkewed"), Mender.OPERATOR),
  EXPIRED_TOKEN("400 `ExpiredToken`", error(400, "ExpiredToken"), Mender.OPERATOR),
  NO_BUCKET("404 `NoSuchBucket`", error(404, "NoSuchBucket"), Mender.OPERATOR),
  KMS("400 `KMS.DisabledException`", error(400, "KMS.DisabledException"), Mender.OPERATOR),
  WORDLESS_403("403 without a word", answer(403, ""), Mender.OPERATOR),
  KEY_TOO_LONG("400 `KeyTooLongError`", error(400, "KeyTooLongError"), Mender.CLIENT),
  INVALID_PART("400 `InvalidPart`", error(400, "InvalidPart"), Mender.CLIENT),
  PART_ORDER("400 `InvalidPartOrder`", error(400, "InvalidPartOrder"), Mender.CLIENT),
  BAD_DIGEST("400 `BadDigest`", error(400, "BadDigest"), Mender.CLIENT),
  TOO_SMALL("400 `EntityTooSmall`", error(400, "EntityTooSmall"), Mender.CLIENT),
  NO_UPLOAD("404 `NoSuchUpload`", error(404, "NoSuchUpload"), Mender.TIME),
  NO_KEY("404 `NoSuchKey`", error(404, "NoSuchKey"), Mender.TIME),
  WORDLESS_404("404 without a word", answer(404, ""), Mender.TIME),
  PRECONDITION("412 `PreconditionFailed`", error(412, "PreconditionFailed"), Mender.TIME),
  CONFLICT("409 `OperationAborted`", error(409, "OperationAborted"), Mender.TIME),
  NEW_WORD("400 with a word we do not know", error(400, "SomethingNew"), Mender.TIME),
  INTERNAL("500 `InternalError`", error(500, "InternalError"), Mender.TIME),
  SLOW_DOWN("503 `SlowDown`", error(503, "SlowDown"), Mender.TIME),
  ERROR_IN_SUCCESS("200 with an error in it", error(200, "InternalError"), Mender.TIME),
  RUBBISH("200 with rubbish", answer(200, "<html><body>welcome</body></html>"), Mender.TIME),
  SILENCE("no answer", hangUp(), Mender.TIME);

  /** Who brings the upload on. */
  enum Mender {
    OPERATOR("storage's operator"),
    CLIENT("who uploads"),
    TIME("time: the same call, or a worker");

    final String words;

    Mender(String words) {
      this.words = words;
    }
  }

  final String title;
  final Line line;
  final Mender mender;

  StorageAnswer(String title, Line line, Mender mender) {
    this.title = title;
    this.line = line;
    this.mender = mender;
  }
}

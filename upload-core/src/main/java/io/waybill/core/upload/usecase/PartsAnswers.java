package io.waybill.core.upload.usecase;

import io.waybill.core.upload.Issuance;
import io.waybill.core.upload.LastError;
import io.waybill.core.upload.PartComparison;
import io.waybill.core.upload.PartPlan;
import io.waybill.core.upload.PartsAnswer;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.UploadPart;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a list of parts answers, whoever was asked for them. */
final class PartsAnswers {

  private PartsAnswers() {}

  /**
   * The answer of one page, or of all parts as ranges.
   *
   * @param uploaded numbers of all that count
   * @param pageAndOne rows of the page, and one more when there is a next one
   */
  static PartsAnswer of(
      Session session,
      ListParts.Request request,
      List<Integer> uploaded,
      List<UploadPart> pageAndOne,
      List<Issuance> issued) {
    PartPlan plan = session.upload().plan();
    String source = request.source().code();
    if (request.ranges()) {
      return new PartsAnswer.Ranges(
          request.sessionId(),
          source,
          plan.partCount(),
          uploaded.size(),
          PartsAnswer.rangesOf(uploaded));
    }
    Map<Integer, Issuance> byPart = new HashMap<>();
    issued.forEach(issuance -> byPart.put(issuance.partNumber(), issuance));
    List<Integer> missing = PartComparison.missing(plan, uploaded);
    boolean more = pageAndOne.size() > request.limit();
    List<UploadPart> page = more ? pageAndOne.subList(0, request.limit()) : pageAndOne;
    return new PartsAnswer.Rows(
        request.sessionId(),
        source,
        plan.partCount(),
        uploaded.size(),
        PartComparison.named(missing),
        page.stream().map(part -> row(plan, part, byPart.get(part.partNumber()))).toList(),
        more ? Integer.toString(page.getLast().partNumber()) : null);
  }

  private static PartsAnswer.Row row(PartPlan plan, UploadPart part, @Nullable Issuance issuance) {
    int number = part.partNumber();
    boolean planned = plan.has(number);
    return new PartsAnswer.Row(
        number,
        part.etag(),
        part.sizeBytes(),
        part.status(),
        part.confirmed(),
        checksums(part),
        part.uploadedAt(),
        planned ? plan.sizeOf(number) : 0,
        planned ? plan.startOf(number) : 0,
        planned ? plan.endOf(number) : 0,
        issuance == null ? null : issuance.presignedAt(),
        issuance == null ? null : issuance.expiresAt(),
        LastError.of(plan, part));
  }

  private static Map<String, String> checksums(UploadPart part) {
    String sha256 = part.checksumSha256();
    return sha256 == null
        ? Map.of()
        : Map.of("sha256", Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256)));
  }
}

package io.waybill.controlapi.upload;

import static io.waybill.doors.CoreRequests.request;

import io.waybill.controlapi.edge.Api;
import io.waybill.controlapi.edge.Call;
import io.waybill.controlapi.edge.Query;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.Verdict;
import io.waybill.core.access.Permission;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.core.upload.usecase.ListParts;
import io.waybill.core.upload.usecase.UploadUseCases;
import io.waybill.wire.Command;
import io.waybill.wire.Command.PartSource;
import io.waybill.wire.Payloads;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /v1/uploads/{session_id}/parts}: what a session is sent in. */
public final class PartRoutes {

  private static final String PARTS = "/v1/uploads/{session_id}/parts";
  private static final String ID = "session_id";
  private static final int MAX_PARTS = 1000;

  /** One page of parts. */
  private record PartPage(@Nullable PartSource source, int limit, @Nullable String cursor) {
    boolean needsStorage() {
      return source != null && source != PartSource.DB;
    }
  }

  private final UploadUseCases cases;

  public PartRoutes(UploadUseCases cases) {
    this.cases = cases;
  }

  public List<Route> routes(Api api) {
    return List.of(
        api.post(PARTS + "/presign")
            .needs(Permission.UPLOAD_PRESIGN)
            .body((bytes, call) -> Payloads.presignParts(bytes, call.id(ID)))
            .ok(this::presign),
        api.post(PARTS + "/ack")
            .needs(Permission.UPLOAD_PRESIGN)
            .body((bytes, call) -> Payloads.acknowledgePart(bytes, call.id(ID)))
            .ok(this::acknowledge),
        api.get(PARTS)
            .needs(Permission.DATASET_VIEW)
            .query(PartRoutes::partPage)
            .waitingForStorage(PartPage::needsStorage)
            .ok(this::list));
  }

  private Verdict<?> presign(Call call, Command.PresignParts body) {
    Verdict<?> answer = cases.presignParts().handle(call.caller(), request(body, AnswerLimit.NONE));
    call.answerWith(RateHeaders.of(cases.presignParts().rates(call.caller())));
    return answer;
  }

  private Verdict<?> acknowledge(Call call, Command.AcknowledgePart body) {
    return cases.acknowledgeParts().handle(call.caller(), request(body));
  }

  private static PartPage partPage(Query query) {
    return new PartPage(
        query.oneOf("source", PartSource.values()),
        query.limit(MAX_PARTS, MAX_PARTS),
        query.text("cursor"));
  }

  private Verdict<?> list(Call call, PartPage page) {
    ListParts.Source source =
        page.source() == null
            ? ListParts.Source.DB
            : ListParts.Source.valueOf(page.source().name());
    return cases
        .listParts()
        .handle(
            call.caller(),
            new ListParts.Request(call.id(ID), source, page.limit(), page.cursor(), false));
  }
}

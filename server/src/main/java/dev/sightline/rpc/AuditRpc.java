package dev.sightline.rpc;

import dev.sightline.auth.Caller;
import dev.sightline.auth.Callers;
import dev.sightline.auth.PageCursors;
import dev.sightline.cache.Fresh;
import dev.sightline.command.Stages;
import dev.sightline.model.OrganizationId;
import dev.sightline.store.AuditLog;
import dev.sightline.store.ChainCheck;
import dev.sightline.store.ChainVerification;
import dev.sightline.store.LogFilter;
import dev.sightline.store.LogHead;
import dev.sightline.store.LogPlace;
import dev.sightline.store.LoggedChange;
import dev.sightline.store.Page;
import dev.sightline.v1.AuditRecord;
import dev.sightline.v1.AuditServiceGrpc;
import dev.sightline.v1.ErasePersonalDataRequest;
import dev.sightline.v1.ErasePersonalDataResponse;
import dev.sightline.v1.ExportAuditRequest;
import dev.sightline.v1.ExportAuditResponse;
import dev.sightline.v1.GetAuditHeadRequest;
import dev.sightline.v1.GetAuditHeadResponse;
import dev.sightline.v1.ListAuditHeadsRequest;
import dev.sightline.v1.ListAuditHeadsResponse;
import dev.sightline.v1.SearchAuditRequest;
import dev.sightline.v1.SearchAuditResponse;
import dev.sightline.v1.VerifyAuditRequest;
import dev.sightline.v1.VerifyAuditResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Organizations' logs: searched, taken out, checked, and relieved of what is personal. */
final class AuditRpc extends AuditServiceGrpc.AuditServiceImplBase {
  private static final int USUAL_PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;

  /** Of a page: callers take messages of 4 MiB. */
  private static final int MOST_BYTES = 1 << 20;

  private final Calls calls;
  private final Proof proof;
  private final AuditLog log;
  private final AuditExports exports;
  private final AuditErasures erasures;
  private final PageCursors cursors;

  AuditRpc(Calls calls, Proof proof, AuditLog log, AuditErasures erasures, PageCursors cursors) {
    this.calls = calls;
    this.proof = proof;
    this.log = log;
    this.exports = new AuditExports(calls, proof, log);
    this.erasures = erasures;
    this.cursors = cursors;
  }

  @Override
  public void searchAudit(
      SearchAuditRequest request, StreamObserver<SearchAuditResponse> observer) {
    Caller caller = Callers.current();
    calls.answer(observer, () -> search(request, caller));
  }

  private SearchAuditResponse search(SearchAuditRequest request, Caller caller) throws Exception {
    OrganizationId organization = Requests.organization(request.getOrganizationId());
    var access =
        AuditAccess.of(caller, organization, request.hasActor() ? request.getActor() : null);
    LogFilter filter = AuditFilters.read(request.getFilter());
    int size = pageSize(request.getPageSize());
    var list = Pages.listOf(caller.tokenId(), request.toBuilder().clearPageSize().clearPageToken());
    LogPlace after = place(Pages.after(cursors, list, request.getPageToken()));
    return calls.fresh(
        organization,
        Calls.fullyConsistent(),
        fresh -> {
          access.require(fresh);
          AuditLog.Part part =
              log.search(organization, filter, after, request.getOldestFirst(), size);
          SearchAuditResponse.Builder response = SearchAuditResponse.newBuilder();
          boolean isWhole = add(part.records(), response);
          boolean isLast = part.isLast() && isWhole;
          String goesOnAfter =
              isLast ? "" : text(part.records().get(response.getRecordsCount() - 1).place());
          return response
              .setNextPageToken(Pages.token(cursors, list, goesOnAfter))
              .setPosition(proof.position(fresh))
              .build();
        });
  }

  /** Adds as many records as a page takes, one at least; whether all of them. */
  private static boolean add(List<LoggedChange> records, SearchAuditResponse.Builder page) {
    int bytes = 0;
    for (LoggedChange change : records) {
      AuditRecord record = AuditMessages.record(change);
      bytes += record.getSerializedSize();
      if (bytes > MOST_BYTES && page.getRecordsCount() > 0) {
        return false;
      }
      page.addRecords(record);
    }
    return true;
  }

  private static String text(LogPlace place) {
    return place.revision() + "." + place.number();
  }

  /** The place that a page token holds; null for the first page. */
  private static @Nullable LogPlace place(String text) {
    if (text.isEmpty()) {
      return null;
    }
    int point = text.indexOf('.');
    return new LogPlace(
        Long.parseLong(text.substring(0, point)), Integer.parseInt(text.substring(point + 1)));
  }

  @Override
  public void exportAudit(
      ExportAuditRequest request, StreamObserver<ExportAuditResponse> observer) {
    Caller caller = Callers.current();
    Backpressure<ExportAuditResponse> stream = Backpressure.on(observer);
    calls.run(observer, () -> exports.send(request, caller, stream));
  }

  @Override
  public void verifyAudit(
      VerifyAuditRequest request, StreamObserver<VerifyAuditResponse> observer) {
    Caller caller = Callers.current();
    Backpressure<VerifyAuditResponse> stream = Backpressure.on(observer);
    calls.run(
        observer,
        () -> {
          OrganizationId organization = Requests.organization(request.getOrganizationId());
          var access =
              AuditAccess.of(caller, organization, request.hasActor() ? request.getActor() : null);
          verify(organization, access, stream);
        });
  }

  private void verify(
      OrganizationId organization, AuditAccess access, Backpressure<VerifyAuditResponse> stream)
      throws Exception {
    require(organization, access);
    ChainVerification verification = log.verification(organization);
    if (verification == null) {
      throw Statuses.exception(Stages.unknownOrganization(organization));
    }
    ChainCheck found = verification.next();
    while (found == null) {
      stream.awaitReady();
      stream.send(VerifyAuditResponse.newBuilder().setRecords(verification.records()).build());
      require(organization, access);
      found = verification.next();
    }
    VerifyAuditResponse.Builder last =
        VerifyAuditResponse.newBuilder().setRecords(verification.records());
    switch (found) {
      case ChainCheck.Intact _ ->
          last.setIntact(AuditMessages.head(verification.head()))
              .setErasedValues(verification.erased())
              .setValuesErasedUnrecorded(verification.unrecorded());
      case ChainCheck.Broken broken -> last.setBroken(AuditMessages.broken(broken));
    }
    stream.send(last.build());
    stream.complete();
  }

  private void require(OrganizationId organization, AuditAccess access) throws Exception {
    Fresh _ =
        calls.fresh(
            organization,
            Calls.fullyConsistent(),
            fresh -> {
              access.require(fresh);
              return fresh;
            });
  }

  @Override
  public void erasePersonalData(
      ErasePersonalDataRequest request, StreamObserver<ErasePersonalDataResponse> observer) {
    Caller caller = Callers.current();
    calls.run(
        observer,
        () -> {
          OrganizationId organization = Requests.organization(request.getOrganizationId());
          var access =
              AuditAccess.of(caller, organization, request.hasActor() ? request.getActor() : null);
          require(organization, access);
          erasures.erase(request, access, observer);
        });
  }

  @Override
  public void getAuditHead(
      GetAuditHeadRequest request, StreamObserver<GetAuditHeadResponse> observer) {
    Caller caller = Callers.current();
    calls.answer(
        observer,
        () -> {
          OrganizationId organization = Requests.organization(request.getOrganizationId());
          var access =
              AuditAccess.of(caller, organization, request.hasActor() ? request.getActor() : null);
          require(organization, access);
          LogHead head = log.head(organization);
          if (head == null) {
            throw Statuses.exception(Stages.unknownOrganization(organization));
          }
          return GetAuditHeadResponse.newBuilder().setHead(AuditMessages.head(head)).build();
        });
  }

  @Override
  public void listAuditHeads(
      ListAuditHeadsRequest request, StreamObserver<ListAuditHeadsResponse> observer) {
    Caller caller = Callers.current();
    calls.answer(observer, () -> heads(request, caller));
  }

  private ListAuditHeadsResponse heads(ListAuditHeadsRequest request, Caller caller) {
    int size = pageSize(request.getPageSize());
    var list = Pages.listOf(caller.tokenId(), request.toBuilder().clearPageSize().clearPageToken());
    String after = Pages.after(cursors, list, request.getPageToken());
    List<LogHead> heads =
        log.heads(after.isEmpty() ? Page.first(size + 1) : new Page(after, size + 1));
    ListAuditHeadsResponse.Builder response = ListAuditHeadsResponse.newBuilder();
    heads.stream().limit(size).forEach(head -> response.addHeads(AuditMessages.head(head)));
    String goesOnAfter = heads.size() > size ? heads.get(size - 1).organization().value() : "";
    return response.setNextPageToken(Pages.token(cursors, list, goesOnAfter)).build();
  }

  private static int pageSize(int asked) {
    return Requests.within("page_size", asked, USUAL_PAGE, LARGEST_PAGE);
  }
}

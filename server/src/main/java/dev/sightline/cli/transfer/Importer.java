package dev.sightline.cli.transfer;

import com.google.protobuf.ByteString;
import dev.sightline.cli.output.CommandFailure;
import dev.sightline.cli.output.ExitCode;
import dev.sightline.cli.output.Progress;
import dev.sightline.v1.DirectoryServiceGrpc;
import dev.sightline.v1.ImportRequest;
import dev.sightline.v1.ImportResponse;
import dev.sightline.v1.ListOrganizationsRequest;
import dev.sightline.v1.ListOrganizationsResponse;
import dev.sightline.v1.Organization;
import dev.sightline.v1.OrganizationCounts;
import dev.sightline.v1.TransferRecord;
import dev.sightline.v1.TransferServiceGrpc;
import io.grpc.Channel;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends the organizations of a file. All of the file is checked before anything is sent, and so is
 * that none of its organizations exists; each organization then comes in whole or not at all.
 */
public final class Importer {
  private static final int MAX_RECORDS = 10_000;
  private static final int MAX_BYTES = 1 << 20;
  private static final int PAGE_SIZE = 1_000;

  private final Channel channel;
  private final Progress progress;

  public Importer(Channel channel, Progress progress) {
    this.channel = channel;
    this.progress = progress;
  }

  /**
   * An organization that came in.
   *
   * @param position at which it is in
   * @param expected how many pairs must have each level, if the file says so
   */
  public record Imported(
      String id,
      String name,
      OrganizationCounts counts,
      ByteString position,
      List<String> userIds,
      List<String> dashboardIds,
      @Nullable LevelTotals expected) {}

  /** Brings everything in the file in, in its order. */
  public List<Imported> run(ImportFile file) throws InterruptedException {
    refuseExisting(ids(file));
    var imported = new ArrayList<Imported>();
    file.read(organization -> imported.add(send(organization)));
    return imported;
  }

  private static Set<String> ids(ImportFile file) throws InterruptedException {
    var ids = new LinkedHashSet<String>();
    file.read(organization -> ids.add(organization.id()));
    return ids;
  }

  private void refuseExisting(Set<String> ids) {
    Set<String> existing = new LinkedHashSet<>(ids);
    existing.retainAll(organizations());
    if (!existing.isEmpty()) {
      String names = String.join(", ", existing);
      throw new CommandFailure(
          ExitCode.REFUSED,
          "ALREADY_EXISTS",
          "ORGANIZATION_EXISTS",
          "There already: " + names + ". An import makes new organizations; nothing was imported.",
          Map.of("organization_id", names));
    }
  }

  private Set<String> organizations() {
    var directory = DirectoryServiceGrpc.newBlockingStub(channel);
    var ids = new HashSet<String>();
    String page = "";
    do {
      ListOrganizationsResponse response =
          directory.listOrganizations(
              ListOrganizationsRequest.newBuilder()
                  .setPageSize(PAGE_SIZE)
                  .setPageToken(page)
                  .build());
      response.getOrganizationsList().stream().map(Organization::getId).forEach(ids::add);
      page = response.getNextPageToken();
    } while (!page.isEmpty());
    return ids;
  }

  private Imported send(OrganizationData organization) throws InterruptedException {
    ImportResponse response;
    try {
      response = stream(organization);
    } catch (StatusException e) {
      throw e.getStatus().asRuntimeException(e.getTrailers());
    }
    progress.done("imported " + organization.id());
    return new Imported(
        organization.id(),
        organization.header().getName(),
        response.getCounts(),
        response.getWritten().getPosition(),
        organization.userIds(),
        organization.dashboardIds(),
        organization.expected());
  }

  /** Writing blocks while the server has not taken what was written before. */
  private ImportResponse stream(OrganizationData organization)
      throws InterruptedException, StatusException {
    BlockingClientCall<ImportRequest, ImportResponse> call =
        TransferServiceGrpc.newBlockingV2Stub(channel).import_();
    Iterator<TransferRecord> records = organization.records().iterator();
    long sent = 0;
    while (records.hasNext()) {
      ImportRequest batch = batch(records);
      if (!call.write(batch)) {
        break;
      }
      sent += batch.getRecordsCount();
      progress.at("importing " + organization.id(), sent, organization.recordCount());
    }
    call.halfClose();
    ImportResponse response = call.read();
    if (response == null) {
      throw CommandFailure.unexpected(
          "The server took " + organization.id() + " without an answer.");
    }
    return response;
  }

  private static ImportRequest batch(Iterator<TransferRecord> records) {
    var batch = ImportRequest.newBuilder();
    int bytes = 0;
    while (records.hasNext() && batch.getRecordsCount() < MAX_RECORDS && bytes < MAX_BYTES) {
      TransferRecord record = records.next();
      bytes += record.getSerializedSize();
      batch.addRecords(record);
    }
    return batch.build();
  }
}

package dev.sightline.cli.transfer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sightline.cli.output.CommandFailure;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.HashSet;

/**
 * A file of organizations: {@code {"organizations": [{"id", "name", "users": […], …}, …]}}.
 *
 * <p>It is read as a stream, one organization in memory at a time, and more than once: first all of
 * it is read and checked, and only then is anything sent. So a file that is cut short, or wrong
 * anywhere, imports nothing, not even the organizations before the place.
 */
public final class ImportFile {
  private final Source source;

  public ImportFile(Source source) {
    this.source = source;
  }

  /** Takes organizations as they are read. */
  public interface Reader {
    void accept(OrganizationData organization) throws InterruptedException;
  }

  public String name() {
    return source.name();
  }

  /**
   * Reads the file from its beginning, hands over each organization that is in order, and refuses
   * at the first that is not.
   */
  public void read(Reader reader) throws InterruptedException {
    var place = new Place(source.name());
    try (InputStream stream = source.open();
        JsonParser parser = parser(stream)) {
      read(parser, place, reader);
    } catch (NoSuchFileException e) {
      throw CommandFailure.usage("There is no file " + source.name() + ".");
    } catch (IOException e) {
      throw CommandFailure.usage(source.name() + " cannot be read: " + e.getMessage());
    }
  }

  private static JsonParser parser(InputStream stream) throws IOException {
    var factory =
        JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    return new ObjectMapper(factory).createParser(stream);
  }

  private static void read(JsonParser parser, Place place, Reader reader)
      throws IOException, InterruptedException {
    try {
      readOrganizations(parser, place, reader);
    } catch (JsonEOFException | EOFException e) {
      JsonLocation end = parser.currentLocation();
      throw place.cutShort(end.getLineNr(), end.getColumnNr());
    } catch (JsonProcessingException e) {
      JsonLocation at = parser.currentLocation();
      throw place.malformed(
          "is not JSON at line "
              + at.getLineNr()
              + ", column "
              + at.getColumnNr()
              + ": "
              + e.getOriginalMessage());
    }
  }

  private static void readOrganizations(JsonParser parser, Place place, Reader reader)
      throws IOException, InterruptedException {
    expect(parser.nextToken() == JsonToken.START_OBJECT, place);
    expect(parser.nextToken() == JsonToken.FIELD_NAME, place);
    expect(parser.currentName().equals("organizations"), place);
    expect(parser.nextToken() == JsonToken.START_ARRAY, place);
    var ids = new HashSet<String>();
    for (int number = 1; parser.nextToken() != JsonToken.END_ARRAY; number++) {
      OrganizationData organization = new OrganizationReader(parser, place).read(number);
      if (!ids.add(organization.id())) {
        throw place.malformed("is in the file twice");
      }
      new OrganizationCheck(organization, place).check();
      reader.accept(organization);
    }
    place.atOrganization("");
    expect(parser.nextToken() == JsonToken.END_OBJECT, place);
    expect(parser.nextToken() == null, place);
  }

  private static void expect(boolean fulfilled, Place place) {
    if (!fulfilled) {
      throw place.malformed("expected {\"organizations\": […]} and nothing else");
    }
  }
}

package org.surprisal.gallery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.surprisal.settings.NearestName;
import org.surprisal.settings.SettingException;

/// The exhibits there are.
public final class Exhibits {
    private final Map<String, Exhibit> byId;

    /// @throws IllegalArgumentException if two have one id
    public Exhibits(List<Exhibit> exhibits) {
        byId = new LinkedHashMap<>();
        for (Exhibit exhibit : exhibits) {
            if (byId.put(exhibit.id(), exhibit) != null) {
                throw new IllegalArgumentException("two exhibits are called '" + exhibit.id() + "'");
            }
        }
    }

    /// Those that come with Surprisal, in the order of the documents.
    public static Exhibits builtIn() {
        List<Exhibit> exhibits = new ArrayList<>();
        for (SourceDocument document : SourceDocument.values()) {
            exhibits.addAll(ExhibitFile.read(document));
        }
        return new Exhibits(exhibits);
    }

    /// All, in the order of the documents.
    public List<Exhibit> all() {
        return List.copyOf(byId.values());
    }

    /// Those of some documents.
    public List<Exhibit> of(Collection<SourceDocument> documents) {
        return all().stream().filter(exhibit -> documents.contains(exhibit.document())).toList();
    }

    /// The exhibit of an id; absent if there is none.
    public Optional<Exhibit> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /// The exhibit of an id.
    ///
    /// @throws SettingException with the nearest id, if there is none
    public Exhibit named(String id) {
        Exhibit exhibit = byId.get(id);
        if (exhibit == null) {
            throw SettingException.at(id, "unknown exhibit" + NearestName.advice(id, byId.keySet(), "exhibits"));
        }
        return exhibit;
    }
}

# Documents et liens d’une formation : lignes, et ce qui ne va pas avec un fichier ou une adresse.

document-detail = { $kind } · { $size }
document-bytes = { $count ->
    [one] { $count } octet
   *[other] { $count } octets
}
document-kilobytes = { $size } ko
document-megabytes = { $size } Mo
document-shared = partagé { $when }

error-document-url = Veuillez saisir une adresse web qui commence par https:// ou http://.
error-file-missing = Veuillez choisir un fichier.
error-file-kind = Ce type de fichier ne peut pas être ajouté. Textes, documents bureautiques, PDF, images, sons, vidéos et ZIP le peuvent.
error-file-empty = Ce fichier est vide.
error-file-too-large = Ce fichier est trop volumineux. Réduisez-le, ou ajoutez plutôt un lien.
error-file-broken = Le fichier n’est pas arrivé en entier. Vérifiez votre réseau et réessayez.
